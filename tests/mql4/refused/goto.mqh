#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   goto end;
  }
#endif
// refused: goto at 5:4
