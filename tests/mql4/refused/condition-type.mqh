#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(int &a)
  {
   if(a)
      a=0;
  }
#endif
// refused: condition-type at 5:7
