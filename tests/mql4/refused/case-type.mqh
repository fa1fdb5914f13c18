#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(const string a)
  {
   switch(a)
     {
      default:
         break;
     }
  }
#endif
// refused: case-type at 5:11
