#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void G(const int a,const long b)
  {
  }
void G(const long a,const int b)
  {
  }
void F(void)
  {
   G(1,1);
  }
#endif
// refused: ambiguous-call at 11:4
